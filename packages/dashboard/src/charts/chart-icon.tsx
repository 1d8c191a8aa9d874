/** Icons that only charts have: kept out of ui/icons.tsx, which is in the first load. Shapes from Lucide (ISC), see NOTICE.md. */
const PATHS = {
  calendar: 'M8 2v3M16 2v3M5 3.5h14a2 2 0 0 1 2 2V19a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5.5a2 2 0 0 1 2-2M3 9h18',
  download: 'M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5',
  line: 'M3 3v16a2 2 0 0 0 2 2h16M19 9l-5 5-4-4-3 3',
  table: 'M12 3v18M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2M3 9h18M3 15h18',
  trenddown: 'M16 17h6v-6M22 17l-8.5-8.5-5 5L2 7',
  trendup: 'M16 7h6v6M22 7l-8.5 8.5-5-5L2 17',
} as const;
export type ChartIconName = keyof typeof PATHS;

export function ChartIcon({ name, size = 'md' }: { readonly name: ChartIconName; readonly size?: 'xs' | 'sm' | 'md' }) {
  return (
    <svg className={size === 'md' ? 'icon' : `icon icon-${size}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
