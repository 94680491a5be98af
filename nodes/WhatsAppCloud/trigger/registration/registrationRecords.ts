import type { NoteStore } from '../../store/triggers/noteStore';
import type { RegistrationScope } from './callbackAtMeta';

/** What a registration has changed, to be undone by it. JSON, kept in the workflow's static data. */
export interface RegistrationRecord {
	scope: RegistrationScope;
	url: string;
	appId: string;
	businessAccountId: string;
	phoneNumberId: string;
	/** The callback that was there before; `null` where there was none. */
	previousUrl: string | null;
	/** The app's fields before; for the scope `app`. */
	previousFields: string[];
	/** Whether the app had no callback at all before, so that it was given this one. */
	gaveAppCallback: boolean;
}

/**
 * What is registered at Meta is noted in the state, where whoever takes it over finds it. One note
 * for each place: a phone number, a business account, the app.
 */
const PREFIX = 'registration:';

const nameOf = ({ scope, businessAccountId, phoneNumberId }: RegistrationRecord): string =>
	`${PREFIX}${scope}:${scope === 'phoneNumber' ? phoneNumberId : scope === 'app' ? '' : businessAccountId}`;

/** @throws StateProblem */
export async function keepRecord(
	notes: NoteStore,
	group: string,
	record: RegistrationRecord,
	now: number,
): Promise<void> {
	await notes.set(group, nameOf(record), JSON.stringify(record), now);
}

/** Forgets the note, unless somebody else has written it meanwhile. @throws StateProblem */
export async function forgetRecord(
	notes: NoteStore,
	group: string,
	record: RegistrationRecord,
	now: number,
): Promise<void> {
	const name = nameOf(record);
	const expected = JSON.stringify(record);
	await notes.swap({ accountKey: group, name, expected, value: null }, now);
}

/** What the trigger at this address has registered or taken over. @throws StateProblem */
export async function recordsOf(
	notes: NoteStore,
	group: string,
	url: string | null,
): Promise<RegistrationRecord[]> {
	const found = await notes.list(group, PREFIX);
	return found
		.map(({ value }) => JSON.parse(value) as RegistrationRecord)
		.filter((record) => record.url === url);
}
