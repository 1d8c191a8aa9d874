import type { ChatRefusal } from '@foyer/protocol';
import { t } from '../../messages/catalogue.ts';

/** Why something was not done, in the reader's language. */
export const refusedWord = (code: ChatRefusal): string => t.inbox.refusals[code];
