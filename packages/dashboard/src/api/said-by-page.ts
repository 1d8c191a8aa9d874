/** What a page tells of its browser, in the words of GET /seen: the same that the tracker puts into its `hello`. */
export interface SaidByPage {
  readonly timeZone: string;
  /** `1920x1080x2`: width, height, pixel ratio. */
  readonly screen: string;
  readonly webdriver: '1' | '0';
  readonly gpc: '1' | '0';
  readonly dnt: '1' | '0';
  /** JSON of the client hints; '' where the browser has none. */
  readonly hints: string;
}

interface UserAgentData {
  readonly brands?: readonly { readonly brand: string; readonly version: string }[];
  readonly mobile?: boolean;
  readonly platform?: string;
  getHighEntropyValues?(hints: readonly string[]): Promise<{
    readonly fullVersionList?: readonly { readonly brand: string; readonly version: string }[];
    readonly platformVersion?: string;
    readonly model?: string;
  }>;
}
type AskedNavigator = Navigator & { readonly userAgentData?: UserAgentData; readonly globalPrivacyControl?: boolean };

export async function saidByThisPage(): Promise<SaidByPage> {
  const here: AskedNavigator = navigator;
  const flag = (is: boolean): '1' | '0' => (is ? '1' : '0');
  return {
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: [screen.width, screen.height, devicePixelRatio].join('x'),
    webdriver: flag(here.webdriver),
    gpc: flag(here.globalPrivacyControl === true),
    dnt: flag(here.doNotTrack === '1'),
    hints: await hintsOf(here.userAgentData),
  };
}

async function hintsOf(data: UserAgentData | undefined): Promise<string> {
  if (!data) return '';
  // A browser may decline to answer; then what it says unasked is all there is.
  const more = await data.getHighEntropyValues?.(['platformVersion', 'model', 'fullVersionList']).catch(() => undefined);
  const brands = (more?.fullVersionList ?? data.brands ?? []).slice(0, 8).map(({ brand, version }) => [brand, version]);
  return JSON.stringify({
    brands,
    platform: data.platform,
    platformVersion: more?.platformVersion,
    model: more?.model,
    mobile: data.mobile,
  });
}
