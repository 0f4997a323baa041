"""The figures that README quotes, one command each; `make bench` runs them all."""
