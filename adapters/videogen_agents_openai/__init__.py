"""The tool table for the OpenAI Agents SDK: tools, a ready agent, and our MCP server as the SDK connects to it."""

from videogen_agents_openai.agent import video_agent, video_instructions
from videogen_agents_openai.function_tools import video_tools
from videogen_agents_openai.mcp_server import video_mcp_server

__all__ = ["video_agent", "video_instructions", "video_mcp_server", "video_tools"]
