/** What a crowd can be told and asked; it travels between processes as JSON. */
export interface ConnectOrder {
  readonly count: number;
  /** Handshakes at a time. */
  readonly atOnce: number;
  /** Each hello's page carries its time of sending. */
  readonly marked?: boolean;
}
export interface RateOrder {
  readonly eventsPerS: number;
  /** Navigations of the newest tabs (what a list of newest arrivals shows), marked, among `eventsPerS`. */
  readonly markedPerS: number;
  /** New visitors, marked, besides. */
  readonly arrivalsPerS: number;
}
export interface BrowseOrder {
  readonly pagesPerTab: number;
  /** Only the tabs that came last, this many; default all. */
  readonly newest?: number;
  readonly seconds: number;
  /** Wait until the server has said so of every page view. */
  readonly untilStored: boolean;
}
export interface SaturateOrder {
  readonly seconds: number;
  /** Frames written and not yet read by the server, at most about this many. */
  readonly inFlight: number;
}
export interface CrowdStats {
  readonly tabs: number;
  readonly in: number;
  readonly sent: number;
  readonly marked: number;
  readonly arrived: number;
  /** How far behind the asked rate sending was at worst. */
  readonly behindMsMax: number;
  readonly closes: Readonly<Record<string, number>>;
  /** Time from the loss to `you`, of tabs that came back. */
  readonly backMsMax: number;
  readonly backMsP50: number;
  readonly back: number;
  /** Tabs that came back as another visit or visitor: none, if all is well. */
  readonly changed: number;
  readonly unstored: number;
}
