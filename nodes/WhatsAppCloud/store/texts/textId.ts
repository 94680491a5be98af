import { hashedId } from '../engine/hashedId';

/** The ID under which a message is kept. Meta's own would show the person's number. */
export const textIdOf = (messageId: string): string => hashedId(messageId);
