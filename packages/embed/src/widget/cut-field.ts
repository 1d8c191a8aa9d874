import { fitting } from './speak.ts';
import { change, state } from './state.ts';

/** What was put in last, in front of the cursor, is cut to what one message takes; what stands behind the cursor stays. */
export function cutField(field: HTMLTextAreaElement): void {
  // Closed, while the chunk was under way.
  if (!field.isConnected) return;
  const { value, selectionEnd } = field;
  const after = fitting(value.slice(selectionEnd));
  const before = fitting(value.slice(0, selectionEnd), after);
  field.value = before + after;
  field.setSelectionRange(before.length, before.length);
  change({ notice: state.texts.cut });
  field.dispatchEvent(new Event('input'));
}
