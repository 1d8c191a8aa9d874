import * as v from 'valibot';
import { parseJson } from '../parse-json.ts';
import { fieldSentence } from './field-sentence.ts';
import { invalid, REFUSALS, type Refusal, reply, type Reply } from './replies.ts';

const MAX_BODY_BYTES = 65_536;

/** Reads at most 64 kB, whatever the length header says. null: there is more. */
export async function readBounded(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return null;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** An empty body is `{}`, for routes whose fields are all optional. */
export async function readJson<T>(request: Request, schema: v.GenericSchema<unknown, T>): Promise<Reply<T> | Refusal> {
  const bytes = await readBounded(request);
  if (bytes === null) return REFUSALS.tooBig;
  let value: unknown;
  try {
    value = bytes.byteLength === 0 ? {} : parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return REFUSALS.badJson;
  }
  return check(schema, value);
}

export function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Reply<T> | Refusal {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return reply(parsed.output);
  const fields: Record<string, string> = {};
  for (const issue of parsed.issues) fields[v.getDotPath(issue) ?? ''] ??= fieldSentence(issue);
  return invalid(fields);
}
