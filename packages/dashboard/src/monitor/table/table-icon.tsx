/** Icons that only the table has: kept out of ui/icons.tsx, which is in the first load. Shapes from Lucide (ISC), see NOTICE.md. */
const PATHS = {
  ascending: 'M12 19V5M5 12l7-7 7 7',
  descending: 'M12 5v14M19 12l-7 7-7-7',
  columns: 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2M9 3v18M15 3v18',
  group: 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2M21 9H3M21 15H3',
  grip: 'M9 5h.01M9 12h.01M9 19h.01M15 5h.01M15 12h.01M15 19h.01',
} as const;

export function TableIcon({ name, size = 'md' }: { readonly name: keyof typeof PATHS; readonly size?: 'xs' | 'sm' | 'md' }) {
  return (
    <svg className={size === 'md' ? 'icon' : `icon icon-${size}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
