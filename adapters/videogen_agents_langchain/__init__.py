"""The tool table for LangChain and LangGraph."""

from videogen_agents_langchain.toolkit import VideoToolkit

__all__ = ["VideoToolkit"]
