import { t } from '../messages/catalogue.ts';
import { addDays, dayIn, zonedDay, zonedExact, zonedMinutes } from '../words/zoned-time.ts';

const dayWord = (at: number, now: number, zone: string): string => {
  const [day, today] = [dayIn(at, zone), dayIn(now, zone)];
  if (day === today) return t.history.filters.today;
  return day === addDays(today, -1) ? t.history.filters.yesterday : zonedDay(at, now, zone);
};

/** When something was: the hour of today first, else the day; exactly in its tooltip. */
export function Moment({
  at,
  now,
  zone,
  inline = false,
}: {
  readonly at: number;
  readonly now: number;
  readonly zone: string;
  readonly inline?: boolean;
}) {
  const day = dayWord(at, now, zone);
  const time = zonedMinutes(at, zone);
  const isToday = dayIn(at, zone) === dayIn(now, zone);
  return (
    <time className="moment num" dateTime={new Date(at).toISOString()} title={zonedExact(at, zone)} data-inline={inline || undefined}>
      {inline ? (
        isToday ? (
          time
        ) : (
          `${day}, ${time}`
        )
      ) : (
        <>
          <span>{isToday ? time : day}</span> <span className="second">{isToday ? day : time}</span>
        </>
      )}
    </time>
  );
}
