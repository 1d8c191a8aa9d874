import { entry } from './entry.ts';
import { first } from './first.ts';
import { keys } from './keys.ts';
import { monitor } from './monitor.ts';
import { palette } from './palette.ts';
import { seen } from './seen.ts';
import { settings } from './settings.ts';
import { visit } from './visit.ts';

/** Every text there is. Pages load the areas one by one: catalogue.ts. */
export const en = { ...first, entry, keys, monitor, palette, seen, settings, visit } as const;
