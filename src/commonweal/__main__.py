"""``python -m commonweal`` is the same as the ``commonweal`` command."""

from commonweal.site.cli import main

if __name__ == "__main__":
    main()
