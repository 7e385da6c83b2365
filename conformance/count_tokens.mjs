// Counts o200k_base tokens: a JSON list of texts on stdin, a JSON list of numbers on stdout.
import { text } from 'node:stream/consumers';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';

const encoder = new Tiktoken(o200k);
// Special tokens are counted as the plain text that a tool description would hold.
const counts = JSON.parse(await text(process.stdin)).map((part) => encoder.encode(part, [], []).length);
process.stdout.write(JSON.stringify(counts));
