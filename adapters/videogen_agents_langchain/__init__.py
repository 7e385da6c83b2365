"""The tool table for LangChain and LangGraph."""

from videogen_agents_langchain.toolkit import PROGRESS_EVENT, VideoToolError, VideoToolkit

__all__ = ["PROGRESS_EVENT", "VideoToolError", "VideoToolkit"]
