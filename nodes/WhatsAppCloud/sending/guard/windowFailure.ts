import type { SendResult } from '../attempt/outcome';

/** Meta's code for a message that only goes within the window. */
const windowClosed = 131_047;

/** Whether Meta refused a message because the person's window was closed. */
export const isFailedByWindow = ({ outcome, error }: SendResult): boolean =>
	outcome === 'failed' && error?.code === windowClosed;
