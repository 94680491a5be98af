import { camelCased } from '../../../nodes/WhatsAppCloud/values/json/memberNames';

test('names of Meta become camel case at every depth', () =>
	expect(
		camelCased({ display_phone_number: '+1', quality_score: { score_value: [{ a_b2_c: 1 }] } }),
	).toEqual({ displayPhoneNumber: '+1', qualityScore: { scoreValue: [{ aB2C: 1 }] } }));

test.each([{ en_US: 1 }, { APP_ID: 'x' }, { _private: 1 }, { plain: null }, [1, 'a_b'], 'a_b', 7])(
	'%j stays',
	(value) => expect(camelCased(value)).toEqual(value),
);
