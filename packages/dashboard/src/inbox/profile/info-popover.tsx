import type { Conversation } from '@foyer/protocol';

/** The button in the conversation's head, with place, browser and IP under it. */
export function InfoPopover(_: { readonly conversation: Conversation }) {
  return null;
}
