"""What `make test` runs besides the tests: each module is one check and can be run alone with `python -m`."""
