import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { ConsoleUp } from './console.ts';
import { VisitorPost, VisitorUp } from './visitor.ts';

/** Snippets live for years on pages nobody edits: what they may say is changed on purpose or not at all (`vitest -u` writes the files). */
describe('the wire', () => {
  it.each([
    ['visitor-up', VisitorUp],
    ['visitor-post', VisitorPost],
    ['console-up', ConsoleUp],
  ])('[WS27] %s is what is committed', async (name, schema) => {
    // What a schema cannot say (a check, a transformation) is left out; the tests of those stand where they are.
    const json = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' });
    await expect(`${JSON.stringify(json, null, 2)}\n`).toMatchFileSnapshot(`../golden/${name}.json`);
  });
});
