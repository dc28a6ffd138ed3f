"""What a new handbook begins with: a project to start from, single new files, and definitions to add.

The files themselves are data beside these modules: `project/` is a whole small handbook, `new/` one file a
kind, `library/` the definitions and `packs/` the processes and pilots that `sets.yml` puts together. All of
them are written in Chinese and English; `texts.in_languages` leaves the ones that a handbook has.
"""
