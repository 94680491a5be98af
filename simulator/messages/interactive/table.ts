import type { InteractiveRules } from '../type.ts';
import { checkAddress } from './address.ts';
import { checkButtons } from './button.ts';
import { checkCallPermission } from './call-permission.ts';
import { checkCarousel } from './carousel.ts';
import { checkCatalog } from './catalog.ts';
import { checkContactInfo } from './contact-info.ts';
import { checkCtaUrl } from './cta-url.ts';
import { checkFlow } from './flow.ts';
import { checkList } from './list.ts';
import { checkLocationRequest } from './location-request.ts';
import { checkOrderDetails } from './order-details.ts';
import { checkOrderStatus } from './order-status.ts';
import { checkProduct } from './product.ts';
import { checkProductList } from './product-list.ts';
import { checkVoiceCall } from './voice-call.ts';

/** All kinds of interactive messages, each with its rules. */
export const interactiveKinds: ReadonlyMap<string, InteractiveRules> = new Map<
	string,
	InteractiveRules
>([
	['button', checkButtons],
	['list', checkList],
	['cta_url', checkCtaUrl],
	['location_request_message', checkLocationRequest],
	['request_contact_info', checkContactInfo],
	['flow', checkFlow],
	['catalog_message', checkCatalog],
	['product', checkProduct],
	['product_list', checkProductList],
	['carousel', checkCarousel],
	['address_message', checkAddress],
	['voice_call', checkVoiceCall],
	['call_permission_request', checkCallPermission],
	['order_details', checkOrderDetails],
	['order_status', checkOrderStatus],
]);
