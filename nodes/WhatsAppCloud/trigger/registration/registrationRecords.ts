import type { RegistrationRecordStore } from '../../store/triggers/registrationRecordStore';
import type { RegistrationScope } from '../listeners/listenerScope';

/**
 * What a trigger has changed at Meta, so that it can be undone: one record for the callback of its
 * scope, and one of the scope `app` if it gave the app its callback. Kept as JSON in the state, or
 * in the workflow's static data if the state is off.
 */
export interface RegistrationRecord {
	scope: RegistrationScope;
	url: string;
	appId: string;
	businessAccountId: string;
	phoneNumberId: string;
	/** The previous callback; `null` if there was none. */
	previousUrl: string | null;
	/** The app's previous fields, for the scope `app`. */
	previousFields: string[];
}

/**
 * The state records what is registered at Meta, so that a trigger that takes it over finds it.
 * There is one record per place: a phone number, a business account or the app.
 */
const PREFIX = 'registration:';

const nameOf = ({ scope, businessAccountId, phoneNumberId }: RegistrationRecord): string =>
	`${PREFIX}${scope}:${scope === 'phoneNumber' ? phoneNumberId : scope === 'app' ? '' : businessAccountId}`;

/** @throws StateProblem */
export async function keepRecord(
	stored: RegistrationRecordStore,
	group: string,
	record: RegistrationRecord,
	now: number,
): Promise<void> {
	await stored.set(group, nameOf(record), JSON.stringify(record), now);
}

/** Deletes the record unless another trigger has changed it since. @throws StateProblem */
export async function forgetRecord(
	stored: RegistrationRecordStore,
	group: string,
	record: RegistrationRecord,
	now: number,
): Promise<void> {
	const name = nameOf(record);
	const expected = JSON.stringify(record);
	await stored.swap({ accountKey: group, name, expected, value: null }, now);
}

/** What the app's triggers have registered or taken over. @throws StateProblem */
export async function readRecords(
	stored: RegistrationRecordStore,
	group: string,
): Promise<RegistrationRecord[]> {
	const found = await stored.list(group, PREFIX);
	return found.map(({ value }) => JSON.parse(value) as RegistrationRecord);
}
