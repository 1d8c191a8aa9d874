/** Pieces that frames and bodies of chat are made of. */
import * as v from 'valibot';
import { FIELD_TYPES } from './chat.ts';
import { CHAT_LIMITS } from './chat-limits.ts';

/** A word made by a program: an id, a client id. */
export const chatId = v.pipe(v.string(), v.minLength(1), v.maxLength(64), v.regex(/^[A-Za-z0-9._-]+$/));
/** Made by the sender, new for every message, kept over resends. 8 characters at least, so that chance does not repeat them. */
export const clientId = v.pipe(v.string(), v.minLength(8), v.maxLength(64), v.regex(/^[A-Za-z0-9._-]+$/));
export const messageSeq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000));
export const short = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
/** Not trimmed: what somebody wrote is what is stored. Something besides white space must be in it. */
export const messageText = v.pipe(v.string(), v.maxBytes(CHAT_LIMITS.textBytes), v.regex(/\S/, 'is empty'));
const fileIds = v.pipe(v.array(chatId), v.minLength(1), v.maxLength(CHAT_LIMITS.filesPerMessage));
const distinct = <T extends { id: string }>(list: readonly T[]): boolean => new Set(list.map(({ id }) => id)).size === list.length;

const Buttons = v.pipe(
  v.array(v.strictObject({ id: chatId, label: short(CHAT_LIMITS.buttonChars) })),
  v.minLength(1),
  v.maxLength(CHAT_LIMITS.buttons),
  v.check(distinct, 'has an id twice'),
);
const Fields = v.pipe(
  v.array(
    v.pipe(
      v.strictObject({
        id: chatId,
        label: short(CHAT_LIMITS.buttonChars),
        type: v.picklist(FIELD_TYPES),
        required: v.optional(v.boolean(), false),
        choices: v.optional(v.pipe(v.array(short(CHAT_LIMITS.buttonChars)), v.maxLength(CHAT_LIMITS.choices)), []),
      }),
      v.check((field) => (field.type === 'choice') === field.choices.length > 0, 'has choices without being one, or the other way round'),
    ),
  ),
  v.minLength(1),
  v.maxLength(CHAT_LIMITS.formFields),
  v.check(distinct, 'has an id twice'),
);

/** What a visitor writes. */
export const VisitorBody = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), text: messageText }),
  v.strictObject({
    kind: v.literal('attachment'),
    text: v.optional(v.pipe(v.string(), v.maxBytes(CHAT_LIMITS.textBytes)), ''),
    files: fileIds,
  }),
]);
export type VisitorBody = v.InferOutput<typeof VisitorBody>;
/** What an agent, an AI agent or the API sends. */
export const AgentBody = v.variant('kind', [
  ...VisitorBody.options,
  v.strictObject({ kind: v.literal('buttons'), text: messageText, buttons: Buttons }),
  v.strictObject({ kind: v.literal('form'), text: messageText, fields: Fields }),
]);
export type AgentBody = v.InferOutput<typeof AgentBody>;

export const FieldValues = v.pipe(
  v.array(v.strictObject({ id: chatId, value: v.pipe(v.string(), v.maxLength(CHAT_LIMITS.fieldChars)) })),
  v.maxLength(CHAT_LIMITS.formFields),
  v.check(distinct, 'has an id twice'),
);
export type FieldValues = v.InferOutput<typeof FieldValues>;
export const Stars = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5));
export const Comment = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(CHAT_LIMITS.commentChars)), '');
export const Email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(200));
export const Tags = v.pipe(v.array(short(CHAT_LIMITS.tagChars)), v.maxLength(CHAT_LIMITS.tags));
export const Mentions = v.optional(v.pipe(v.array(chatId), v.maxLength(CHAT_LIMITS.mentions)), []);
