// The AI SDK's client against our server: node ai_sdk.mjs FOLDER_OF_THE_EXAMPLE < {"url": …} or {"env": …}
// One JSON object a line on stdout: {"what": …, "fault": …} for each check, {"film": PATH} for each film.
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { createMCPClient } from '@ai-sdk/mcp';
import { Experimental_StdioMCPTransport as StdioTransport } from '@ai-sdk/mcp/mcp-stdio';
import { MockLanguageModelV4 } from 'ai/test';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';

const { makeFilm, serverAt } = await import(pathToFileURL(`${process.argv[2]}/film.mjs`).href);
const { url, command, args, env, tools: expected } = JSON.parse(await text(process.stdin));
const over = url ? 'HTTP' : 'stdio';
const transport = () => (url ? serverAt(url) : new StdioTransport({ command, args, env, stderr: 'inherit' }));
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function check(what, run) {
  try {
    await run();
    say({ what: `AI SDK over ${over}: ${what}`, fault: '' });
  } catch (error) {
    say({ what: `AI SDK over ${over}: ${what}`, fault: String(error?.stack ?? error) });
  }
}
const same = (seen, wanted) => {
  if (JSON.stringify(seen) !== JSON.stringify(wanted))
    throw new Error(`saw ${JSON.stringify(seen)}, wanted ${JSON.stringify(wanted)}`);
};
// The first call on a slow machine is told to come again: the engine is still starting.
async function patiently(call) {
  for (let tries = 0; ; tries += 1) {
    const result = await call();
    if (!(result.isError && /still_starting/.test(textOf(result))) || tries > 20) return result;
  }
}
const textOf = (result) => result.content.map((part) => part.text ?? '').join('\n');

// What a model knows is the text of the last tool result: it says which tool to call next, with which arguments.
function scriptedModel(script) {
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: 1, text: 1, reasoning: undefined },
  };
  const call = (toolName, input) => ({
    content: [{ type: 'tool-call', toolCallId: `call-${Math.random()}`, toolName, input: JSON.stringify(input) }],
    finishReason: { unified: 'tool-calls', raw: undefined },
    usage,
    warnings: [],
  });
  const answer = (words) => ({
    content: [{ type: 'text', text: words }],
    finishReason: { unified: 'stop', raw: undefined },
    usage,
    warnings: [],
  });
  return new MockLanguageModelV4({
    doGenerate: async ({ prompt }) => {
      const last = prompt.at(-1);
      const start = () => call('run_workflow', { workflow: 'script_to_video', script });
      if (last.role !== 'tool') return start();
      const said = JSON.stringify(last.content);
      const words = JSON.parse(`"${said.match(/"text","text":"((?:[^"\\]|\\.)*)"/)[1]}"`);
      const done = words.match(/^succeeded: the video is at (.+)$/m);
      if (done) return answer(`Your film is at ${done[1]}`);
      if (/still_starting/.test(words)) return start();
      const next = words.match(/get_job (\{.*?\})/);
      return next ? call('get_job', { ...JSON.parse(next[1]), waitSeconds: 20 }) : answer(`I am stuck: ${words}`);
    },
  });
}

await check('lists our tools in order', async () => {
  const client = await createMCPClient({ transport: transport() });
  try {
    same(Object.keys(await client.tools()), expected);
  } finally {
    await client.close();
  }
});

await check('starts a job, follows it, and is given an MP4', async () => {
  const client = await createMCPClient({ transport: transport() });
  try {
    const tools = await client.tools();
    const options = { toolCallId: 'call', messages: [] };
    const script = `A glass of water wakes you up. This was asked for over ${over}.`;
    const start = () => tools.run_workflow.execute({ workflow: 'script_to_video', script }, options);
    let result = await patiently(start);
    if (result.isError) throw new Error(textOf(result));
    const { jobId } = result.structuredContent;
    for (let calls = 0; result.structuredContent?.status !== 'succeeded'; calls += 1) {
      if (result.isError || calls > 60) throw new Error(`no film: ${textOf(result)}`);
      result = await tools.get_job.execute({ jobId, waitSeconds: 20 }, options);
    }
    same(result.content.map((part) => part.type).includes('resource_link'), true);
    // What is no picture goes to the model as text.
    const words = result.content.filter((part) => part.type !== 'image').map((part) => part.text ?? JSON.stringify(part));
    const tokens = new Tiktoken(o200k).encode(words.join('\n')).length;
    if (tokens > 300) throw new Error(`the finished film costs ${tokens} tokens of text`);
    say({ film: result.structuredContent.path });
  } finally {
    await client.close();
  }
});

await check('reports a wrong argument as a result that says how to mend it', async () => {
  const client = await createMCPClient({ transport: transport() });
  try {
    const wrong = { workflow: 'script_to_video', scirpt: 'x' };
    const result = await patiently(() => client.callTool({ name: 'run_workflow', arguments: wrong }));
    same([result.isError, /scirpt.*script/s.test(textOf(result))], [true, true]);
  } finally {
    await client.close();
  }
});

await check('a model that only reads texts makes a film in a tool loop', async () => {
  const model = scriptedModel(`Drink one before lunch. A model asked for this over ${over}.`);
  const { text: said } = await makeFilm({ model, prompt: 'Make a film about water.', transport: transport() });
  const path = said.match(/^Your film is at (.+)$/)?.[1];
  if (!path) throw new Error(said);
  say({ film: path });
});
