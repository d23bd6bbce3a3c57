"""Named benchmarks, each beside the limit or the baseline measured in the same run."""
