"""`handbook serve`: pages that follow the files while somebody edits them.

After a change the figures are made anew in the serving process, most of them taken over, and pages are made
as browsers ask for them; a build in a process of its own makes all of the site behind them, and takes their
place. So a change is seen at once, and at rest the pages are those of a build.
"""
