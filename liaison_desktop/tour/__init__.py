"""The main job, performed by nobody on a machine without a screen: real windows, a real encrypted store, real papers.

`liaison-desktop tour OUT` writes numbered screenshots, the consent PDF and `tour.json`. It stands above `app` and may
use the public names of every workspace; nothing uses it but the command line.
"""
