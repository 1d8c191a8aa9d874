import { useEffect, useReducer, useState } from 'react';
import { pushDevicesQuery } from '../../api/chat-queries.ts';
import { queryClient } from '../../app/query-client.ts';
import { t } from '../../messages/catalogue.ts';
import { type NotifyPrefs, savePrefs } from '../../notify/prefs.ts';
import { forgetPush, pushSupport, subscribePush } from '../../notify/push-device.ts';
import { showToast } from '../../ui/toast.tsx';
import { Setting, SwitchSetting } from '../setting.tsx';

/** Notifications of the browser, and pushes. The browser is asked after a click and at no other time. */
export function PermissionSetting({ prefs }: { readonly prefs: NotifyPrefs }) {
  const permission = usePermission();
  const [isBusy, setBusy] = useState(false);
  const setPush = async (push: boolean): Promise<void> => {
    setBusy(true);
    savePrefs({ push });
    try {
      await (push ? subscribePush() : forgetPush());
    } catch {
      savePrefs({ push: false });
      showToast({ text: t.notify.pushFailed });
    }
    setBusy(false);
    await queryClient.invalidateQueries({ queryKey: pushDevicesQuery.queryKey });
  };
  const ask = async (): Promise<void> => {
    setBusy(true);
    const answer = await Notification.requestPermission();
    setBusy(false);
    if (answer === 'granted') savePrefs({ notify: true });
  };
  if (permission === 'none')
    return <Setting name={t.notify.notifications} hint={window.isSecureContext ? t.notify.unsupported : t.notify.insecure} />;
  if (permission === 'denied') return <Setting name={t.notify.notifications} hint={t.notify.denied} />;
  if (permission === 'default')
    return (
      <Setting name={t.notify.notifications} hint={`${t.notify.notificationsHint} ${t.notify.notAsked}`}>
        <button
          className="button button-primary"
          type="button"
          data-testid="allow-notifications"
          disabled={isBusy}
          onClick={() => void ask()}
        >
          {t.notify.allow}
        </button>
      </Setting>
    );
  return (
    <>
      <SwitchSetting
        name={t.notify.notifications}
        hint={t.notify.notificationsHint}
        on={prefs.notify}
        testId="notifications"
        onChange={(notify) => savePrefs({ notify })}
      />
      {pushSupport() === 'yes' ? (
        <SwitchSetting
          name={t.notify.push}
          hint={t.notify.pushHint}
          on={prefs.push}
          testId="push"
          onChange={(push) => {
            if (!isBusy) void setPush(push);
          }}
        />
      ) : (
        <Setting name={t.notify.push} hint={t.notify.unsupported} />
      )}
    </>
  );
}

/** 'none': this browser, or a page over http, has no notifications. Changes in the browser's own settings show when the page is looked at again. */
function usePermission(): NotificationPermission | 'none' {
  const [, look] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);
  return 'Notification' in window && window.isSecureContext ? Notification.permission : 'none';
}
