"""A tool's request, its files and entities go in; one finished file by result comes out. One module by asset."""
