import { checkPersonOutside } from '../../fields/outsideWindow';
import type { SendOptions } from '../../fields/sendOptions';
import type { Run } from '../../node/run';
import type { Recipient } from '../../values/recipient';

/** A message about to be prepared. */
interface IntendedMessage {
	run: Run;
	recipient: Recipient;
	options: SendOptions;
}

/** Whether a message may be sent. Throws the Problem that forbids it. */
type SendRule = (message: IntendedMessage) => void | Promise<void>;

const recipientOutsideWindow: SendRule = ({ recipient, options }) =>
	checkPersonOutside(recipient, options.outsideWindow);

/**
 * Asked in this order before anything is uploaded, recorded or sent for a message: once when all are
 * recorded first, and again when its turn has come.
 */
export const sendRules: readonly SendRule[] = [recipientOutsideWindow];
