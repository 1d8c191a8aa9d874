/** Puts text in the place of a part of a field, as if it was typed: the browser's own undo takes it back, and `input` is heard. */
export function insertText(field: HTMLTextAreaElement, q: { readonly from: number; readonly to: number; readonly text: string }): void {
  field.focus();
  field.setSelectionRange(q.from, q.to);
  // Deprecated, and still the one way that keeps the undo history of a field.
  if (q.text !== '' ? document.execCommand('insertText', false, q.text) : document.execCommand('delete')) return;
  field.setRangeText(q.text, q.from, q.to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
