import type { WebhookEvent } from '../../events/webhookEvent';

/** Whose webhooks Meta delivers to the trigger. */
export type RegistrationScope = 'phoneNumber' | 'businessAccount' | 'app';

/** Whose events a trigger gets; if registered by hand, all of the app's. */
export interface ListenerScope {
	scope: RegistrationScope | 'manual';
	/** For the scope `businessAccount`. */
	businessAccountId: string;
	/** For the scope `phoneNumber`. */
	phoneNumberId: string;
}

/** Whether Meta would deliver the event to a registration with this scope. */
export function covers(
	scope: ListenerScope,
	event: Pick<WebhookEvent, 'phoneNumberId' | 'businessAccountId'>,
): boolean {
	switch (scope.scope) {
		case 'phoneNumber':
			return event.phoneNumberId === scope.phoneNumberId;
		case 'businessAccount':
			return event.businessAccountId === scope.businessAccountId;
		case 'app':
		case 'manual':
			return true;
	}
}

/** Whether a listener with this scope gets everything the registration brings. */
export function coversRegistration(
	listener: ListenerScope,
	{ scope, businessAccountId, phoneNumberId }: ListenerScope,
): boolean {
	if (listener.scope === 'app' || listener.scope === 'manual') return true;
	if (scope === 'app') return false;
	if (listener.scope === 'businessAccount') return listener.businessAccountId === businessAccountId;
	return scope === 'phoneNumber' && listener.phoneNumberId === phoneNumberId;
}
