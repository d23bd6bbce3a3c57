"""One room per programme; rooms do not know each other."""
