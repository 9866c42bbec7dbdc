// Whether mermaid itself can read diagrams: node check.mjs FOLDER_OF_NODE_MODULES FILE…
// One line for each that it cannot; exit status 1 if there is any.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, ...files] = process.argv.slice(2);
const folder = resolve(modules);
const { JSDOM } = createRequire(`${folder}/`)(`${folder}/jsdom`);
const { window } = new JSDOM('<!doctype html><body></body>');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import(pathToFileURL(`${folder}/mermaid/dist/mermaid.core.mjs`));
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });

let read = 0;
for (const file of files) {
  try {
    const { diagramType } = await mermaid.parse(readFileSync(file, 'utf8'));
    if (!diagramType.startsWith('flowchart')) throw new Error(`a ${diagramType}`);
    read += 1;
  } catch (error) {
    console.log(`${file}: ${String(error.message ?? error).split('\n').slice(0, 3).join(' | ')}`);
  }
}
console.log(`read ${read} of ${files.length}`);
process.exit(read === files.length ? 0 : 1);
