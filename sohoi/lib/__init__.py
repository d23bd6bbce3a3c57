"""Plain Python shared by every layer: ids, dates, periods, Vietnamese text, numbers and money."""
