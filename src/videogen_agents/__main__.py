"""``python -m videogen_agents`` is the ``videogen-agents`` command."""

from videogen_agents.cli import main

if __name__ == "__main__":
    main()
