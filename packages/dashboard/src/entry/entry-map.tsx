/** Decoration: what a morning looks like. The pins are drawn, not live; nobody is signed in yet. */
const PINS: readonly (readonly [x: number, y: number, status: string, count: number])[] = [
  [687, 370, 'active', 31], [640, 364, 'active', 13], [668, 357, 'active', 9], [650, 400, 'active', 6], [610, 404, 'inactive', 5], [602, 456, 'active', 9],
  [814, 343, 'unassigned', 35], [822, 357, 'ai', 22], [858, 337, 'active', 23], [868, 361, 'active', 4], [885, 339, 'active', 7], [848, 288, 'active', 2],
  [872, 292, 'active', 8], [897, 286, 'active', 4], [800, 397, 'chatting', 14], [780, 405, 'active', 5], [856, 390, 'active', 10], [912, 394, 'active', 14],
  [740, 258, 'active', 1], [938, 314, 'inactive', 1], [808, 416, 'inactive', 1], [788, 424, 'active', 1], [1000, 453, 'active', 5], [918, 440, 'active', 5],
  [1077, 441, 'active', 9], [1062, 482, 'ai', 13], [1078, 504, 'active', 3], [1212, 450, 'active', 6], [1160, 500, 'active', 2], [1172, 544, 'chatting', 7],
  [1183, 572, 'active', 4], [940, 586, 'chatting', 2], [822, 532, 'active', 6], [812, 534, 'active', 1], [869, 684, 'active', 3], [700, 540, 'active', 2],
  [660, 640, 'ai', 17], [618, 678, 'active', 6], [656, 592, 'active', 1],
];

export function EntryMap() {
  return (
    <aside className="entry-map" aria-hidden="true">
      <div className="map-canvas map-world">
        <svg viewBox="0 0 1600 1000">
          {PINS.map(([x, y, status, count]) => {
            const r = count === 1 ? 4 : count > 20 ? 9 : count > 8 ? 7.5 : 6;
            return (
              <g key={`${x}.${y}`} data-status={status} transform={`translate(${x} ${y})`}>
                {status === 'unassigned' && <circle className="pin-glow" r={r + 10} />}
                <circle className="pin-gap" r={r + 4} />
                {count > 1 && <circle className="pin-share" r={r + 2.5} />}
                <circle className="pin-core" r={r} />
                {count > 1 && (
                  <g className="pin-count" transform={`translate(${r + 7} ${-r - 4})`}>
                    <rect x={count > 9 ? -10 : -7} y="-7" width={count > 9 ? 20 : 14} height="14" rx="7" />
                    <text y="3.5">{count}</text>
                  </g>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <p className="entry-line">See who is on your site right now.<small>Say hello first. Everything stays on your own server.</small></p>
    </aside>
  );
}
