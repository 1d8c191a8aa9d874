import type { Messages } from '../messages.ts';
import { entry } from './entry.ts';
import { first } from './first.ts';
import { keys } from './keys.ts';
import { monitor } from './monitor.ts';
import { palette } from './palette.ts';
import { seen } from './seen.ts';
import { settings } from './settings.ts';
import { visit } from './visit.ts';

export const de: Messages = { ...first, entry, keys, monitor, palette, seen, settings, visit };
