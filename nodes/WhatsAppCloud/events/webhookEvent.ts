import type { MessageEvent } from './messages/messageEvent';
import type { StatusEvent } from './statuses/statusEvent';
import type { PaymentEvent } from './statuses/paymentEvent';
import type { NoticeEvent } from './notices/noticeEvent';
import type { OtherEvent, StandbyRest } from './reading/otherEvent';

export type WebhookEvent =
	MessageEvent | StatusEvent | PaymentEvent | NoticeEvent | StandbyRest | OtherEvent;

/** Values of the parameter "Events". */
export type EventName = WebhookEvent['event'];
