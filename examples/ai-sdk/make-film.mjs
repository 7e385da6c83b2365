// npm install
// AI_MODEL=… AI_GATEWAY_API_KEY=… node make-film.mjs "Make a short film about why water is good for you."
//
// AI_MODEL is a model id of the AI Gateway; for a provider's own package, pass its model to makeFilm instead.
// With VIDEOGEN_MCP_URL (and VIDEOGEN_MCP_KEY) it uses the server there instead of starting one.
import { makeFilm, ownServer, serverAt } from './film.mjs';

const { AI_MODEL, VIDEOGEN_MCP_URL, VIDEOGEN_MCP_KEY } = process.env;
const prompt = process.argv[2];
if (!AI_MODEL || !prompt) {
  console.error('Usage: AI_MODEL=… node make-film.mjs "what the film is about"');
  process.exit(2);
}
const transport = VIDEOGEN_MCP_URL ? serverAt(VIDEOGEN_MCP_URL, VIDEOGEN_MCP_KEY) : ownServer();
const { text } = await makeFilm({ model: AI_MODEL, prompt, transport });
console.log(text);
