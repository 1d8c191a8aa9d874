import { t } from '../messages/catalogue.ts';
import { countryName } from '../words/names.ts';
import { COUNTS, NAMES, PINS } from './entry-map-data.ts';

/** Decoration: what a morning looks like. The pins are drawn, not live; nobody is signed in yet. */
export function EntryMap() {
  return (
    <aside className="entry-map" aria-hidden="true">
      <div className="map-canvas map-world">
        <svg viewBox="0 0 1600 1000">
          {NAMES.map(([x, y, country]) => (
            <text key={country} className="map-name" x={x} y={y}>
              {countryName(country)}
            </text>
          ))}
          {PINS.map(([status, x, y, gapR, coreR, glowR, ringR, shares]) => (
            <g key={`${x} ${y}`} data-status={status} transform={`translate(${x} ${y})`}>
              {glowR > 0 && <circle className="pin-glow" r={glowR} />}
              <circle className="pin-gap" r={gapR} />
              {shares.map(([share, dashes, offset]) => (
                <circle
                  key={share}
                  className="pin-share"
                  data-status={share}
                  r={ringR}
                  strokeDasharray={dashes}
                  strokeDashoffset={offset}
                  transform="rotate(-90)"
                />
              ))}
              <circle className="pin-core" r={coreR} />
            </g>
          ))}
          {COUNTS.map(([x, y, width, count]) => (
            <g key={`${x} ${y}`} className="pin-count">
              <rect x={x} y={y} width={width} height="14" rx="7" />
              <text x={x + width / 2} y={y + 10.6}>
                {count}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <p className="entry-line">
        {t.entry.line}
        <small>{t.entry.lineMore}</small>
      </p>
    </aside>
  );
}
