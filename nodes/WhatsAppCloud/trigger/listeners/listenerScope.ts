import type { WebhookEvent } from '../../events/webhookEvent';

/** Whose webhooks are led to the trigger. */
export type RegistrationScope = 'phoneNumber' | 'businessAccount' | 'app';

/** What a trigger gets: by hand, it is everything of the app. */
export interface ListenerScope {
	scope: RegistrationScope | 'manual';
	/** For the scope `businessAccount`. */
	businessAccountId: string;
	/** For the scope `phoneNumber`. */
	phoneNumberId: string;
}

/** Whether Meta would bring the event to a registration of this scope. */
export function covers(scope: ListenerScope, event: WebhookEvent): boolean {
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

/** Whether whoever listens in this scope gets all that the registration brings. */
export function coversRegistration(
	listener: ListenerScope,
	{ scope, businessAccountId, phoneNumberId }: ListenerScope,
): boolean {
	if (listener.scope === 'app' || listener.scope === 'manual') return true;
	if (scope === 'app') return false;
	if (listener.scope === 'businessAccount') return listener.businessAccountId === businessAccountId;
	return scope === 'phoneNumber' && listener.phoneNumberId === phoneNumberId;
}
