import type { Messages } from '../messages.ts';
import { entry } from './entry.ts';
import { keys } from './keys.ts';
import { map } from './map.ts';
import { monitor } from './monitor.ts';
import { palette } from './palette.ts';
import { seen } from './seen.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { visitors } from './visitors.ts';
import { words } from './words.ts';

export const de: Messages = { entry, keys, map, monitor, palette, seen, settings, shell, visitors, words };
