// A model of your choice makes a film, through the AI SDK and videogen-agents' MCP server. Copy what you need.
import { createMCPClient } from '@ai-sdk/mcp';
import { Experimental_StdioMCPTransport as StdioTransport } from '@ai-sdk/mcp/mcp-stdio';
import { generateText, isStepCount } from 'ai';

// A server of its own, started for this program: it needs `pip install 'videogen-agents[mcp,engine]'`.
export const ownServer = () =>
  new StdioTransport({ command: 'videogen-agents', args: ['mcp'], env: process.env, stderr: 'inherit' });

// A server that runs already, as `videogen-agents mcp --http` starts it. `key` is its bearer token, if it has one.
export const serverAt = (url, key) => ({
  type: 'http',
  url,
  headers: key ? { Authorization: `Bearer ${key}` } : {},
  redirect: 'error',
});

// Resolves to the model's last words, with the path of the film in them. A film takes the model four calls or more:
// run_workflow answers at once with a job id, and get_job follows it.
export async function makeFilm({ model, prompt, transport }) {
  const client = await createMCPClient({ transport });
  try {
    const { text, steps } = await generateText({
      model,
      instructions: client.instructions,
      prompt,
      tools: await client.tools(),
      stopWhen: isStepCount(60),
    });
    return { text, steps };
  } finally {
    await client.close();
  }
}
