import type {
	JsonObject,
	JsonValue,
} from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { NOTICES } from '../../../nodes/WhatsAppCloud/events/notices/noticeTable';
import { changeWebhook, fixturesIn, readFixture } from './fixture';

interface NoticeFixture extends JsonObject {
	field: string;
	value: JsonValue;
	reads: JsonObject[];
}

describe.each(fixturesIn('notices'))('%s', (name) => {
	it('reads as expected', () => {
		const { field, value, reads } = readFixture(name) as NoticeFixture;
		const events = normalise(changeWebhook(field, value));
		expect(events).toMatchObject(reads);
		expect(events).toHaveLength(reads.length);
	});
});

describe.each(Object.keys(NOTICES))('field %s', (field) => {
	it.each<[string, JsonValue]>([
		['empty', {}],
		['with the wrong types', { event: [], metadata: 3, id: {}, timestamp: {}, contacts: 'x' }],
	])('%s still gives one event with a line to read', (_, value) => {
		const events = normalise(changeWebhook(field, value));
		expect(events).toHaveLength(1);
		expect(events[0]?.businessAccountId).toBe('300000000000001');
		expect(events[0]?.raw).toEqual(value);
	});
});

it('takes the time of the entry where a notice has none', () => {
	const [event] = normalise({
		object: 'whatsapp_business_account',
		entry: [
			{
				id: '1',
				time: 1793620800,
				changes: [{ field: 'account_review_update', value: { decision: 'APPROVED' } }],
			},
		],
	});
	expect(event?.timestamp).toBe('2026-11-02T12:00:00.000Z');
});

it.each(['15550200001', '+15550200001', '+1 555 020 0001'])(
	'knows the person of a handover whose number is written %s',
	(phone_number) => {
		const value = { type: 'control_taken', sender: { phone_number }, control_taken: {} };
		const [event] = normalise(changeWebhook('messaging_handovers', value));
		expect(event?.contact).toMatchObject({ id: '15550200001', waId: '15550200001' });
	},
);
