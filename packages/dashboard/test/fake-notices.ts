/** What the scripted server answers about alerts and browsers that take pushes. */
import { type Alert, MOST_ALERTS, type PushDevice } from '@foyer/protocol';

type Answer = [status: number, body: unknown];
type Body = Readonly<Record<string, unknown>>;
const refuse = (status: number, code: string, message: string): Answer => [status, { error: { code, message } }];

export class FakeNotices {
  alerts: Alert[] = [];
  devices: PushDevice[] = [];
  /** An uncompressed point of P-256, as browsers check it. */
  key = 'BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs';
  #made = 0;

  /** null: not one of these routes. */
  answer(route: string, body: Body): Answer | null {
    const [method = '', path = ''] = route.split(' ');
    const [, kind, id = '', of = ''] = path.split('/').map(decodeURIComponent);
    if (kind === 'alerts') return this.#alerts(method, id, body);
    if (kind !== 'push') return null;
    if (id === 'key') return [200, { key: this.key }];
    if (method === 'GET') return [200, this.devices];
    if (method === 'DELETE') {
      this.devices = this.devices.filter((device) => device.id !== of);
      return [204, undefined];
    }
    const { endpoint, label } = body as { endpoint: string; label: string };
    const device = { id: `d${++this.#made}`, label, endpoint, createdAt: Date.now() };
    this.devices = [...this.devices.filter((one) => one.endpoint !== endpoint), device];
    return [200, device];
  }

  #alerts(method: string, id: string, body: Body): Answer {
    if (method === 'GET') return [200, this.alerts];
    if (typeof body['filter'] === 'string' && body['filter'].includes('ip:'))
      return refuse(422, 'bad_filter', 'Your role cannot see “ip”, so it cannot filter by it.');
    if (method === 'POST') {
      if (this.alerts.length >= MOST_ALERTS) return refuse(409, 'too_many', 'That is all there can be.');
      const alert = { ...body, id: `a${++this.#made}`, createdAt: Date.now() } as unknown as Alert;
      this.alerts = [...this.alerts, alert];
      return [201, alert];
    }
    const known = this.alerts.find((alert) => alert.id === id);
    if (!known) return refuse(404, 'not_found', 'There is no such alert.');
    this.alerts = this.alerts.flatMap((alert) => (alert.id !== id ? [alert] : method === 'DELETE' ? [] : [{ ...alert, ...body }]));
    return method === 'DELETE' ? [204, undefined] : [200, this.alerts.find((alert) => alert.id === id)];
  }
}
