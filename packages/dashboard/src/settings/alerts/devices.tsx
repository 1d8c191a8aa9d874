import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { pushDevicesQuery } from '../../api/chat-queries.ts';
import { useLive } from '../../app/live.ts';
import { queryClient } from '../../app/query-client.ts';
import { t } from '../../messages/catalogue.ts';
import { day } from '../../messages/format.ts';
import { savePrefs } from '../../notify/prefs.ts';
import { forgetPush, pushEndpoint } from '../../notify/push-device.ts';
import { showFailure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';

/** The agent's browsers that are told when no page is open, so that one that was lost can be taken off. */
export function Devices() {
  const { data: devices = [] } = useQuery(pushDevicesQuery);
  const { client } = useLive();
  const [own, setOwn] = useState('');
  useEffect(() => {
    let isOver = false;
    void pushEndpoint().then((endpoint) => isOver || setOwn(endpoint));
    return () => {
      isOver = true;
    };
  }, [devices]);
  if (devices.length === 0) return null;
  const remove = async (id: string, isOwn: boolean): Promise<void> => {
    if (isOwn) {
      savePrefs({ push: false });
      await forgetPush();
    } else await chatApi.removePushDevice(id).catch(showFailure);
    await queryClient.invalidateQueries({ queryKey: pushDevicesQuery.queryKey });
  };
  return (
    <section className="setting-group">
      <h2>{t.notify.devices}</h2>
      <ul className="card alert-list" data-testid="push-devices">
        {devices.map(({ id, label, endpoint, createdAt }) => {
          const name = label || t.notify.aBrowser;
          const isOwn = endpoint === own;
          return (
            <li key={id} className="setting">
              <div>
                <p className="name">
                  <bdi>{name}</bdi> {isOwn && <span className="tag">{t.notify.thisBrowser}</span>}
                </p>
                <p className="hint">{t.notify.since(day(createdAt, client.time.now() || createdAt))}</p>
              </div>
              <button className="icon-button" type="button" aria-label={t.notify.removeDevice(name)} onClick={() => void remove(id, isOwn)}>
                <Icon name="trash" />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
