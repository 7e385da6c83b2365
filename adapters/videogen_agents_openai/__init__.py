"""The tool table for the OpenAI Agents SDK."""

from videogen_agents_openai.function_tools import video_tools

__all__ = ["video_tools"]
