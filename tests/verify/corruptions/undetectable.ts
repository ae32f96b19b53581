/** What no other row of a world contradicts, by corruption, with the reason. Digests in the manifest tell of it all the same. */

const INVENTED = 'invented by chance, and nothing else depends on it';
const SEAT = 'goods are loaded at depots; the seat of a supplier is nowhere else';
const NOISE = 'drawn by chance around a mean';
const IN_RANGE = 'lies in its range, and nothing is counted with it to the cent or the day';
const WITHIN_A_CASE = 'orders are whole cases, so that the files know it only within one';
const WITHIN_MINUTES = 'staff unlock and lock within minutes of the hour';
const SHOWN_BY_CHANCE = 'ads are shown to anyone at any time; only an attributed visit cites one';
const SAME_STREET = 'another house of the same place, or another phone of the same state';
const HOME =
  'another customer of the same store: only tax, loyalty card and pickup tell them apart';
const REASON = 'customers give any reason';
const RECEIPT = 'only cash without a loyalty card needs the receipt';
const CARD = 'only a price for cards, or a return without receipt, needs the card';
const ANY_TIME_AFTER = 'whoever is a customer may come at any time, or never';
const MOVES_LATER = 'who moves after the run, or orders nothing, leaves no trace of it';
const CLICKED_BY_CHANCE = 'a click leads to any page, for any time, within half an hour of the ad';
const SINGLE = 'a round may be of one product, at any time of its hours';
const WANTED = 'shoppers may want any number of units';

export const UNDETECTABLE: Readonly<Record<string, string>> = {
  'stores.Size neighbour': INVENTED,
  'stores.Size the next of the set': INVENTED,
  'suppliers.Latitude neighbour': SEAT,
  'suppliers.Latitude a tenth more': SEAT,
  'suppliers.Longitude neighbour': SEAT,
  'suppliers.Longitude a tenth more': SEAT,
  'suppliers.LeadTimeDays neighbour': NOISE,
  'suppliers.LeadTimeDays a tenth more': NOISE,
  'trucks.Refrigeration the opposite': 'a cooled truck may carry all that a dry one carried',
  'trucks.Refrigeration neighbour': 'a cooled truck may carry all that a dry one carried',
  'customers.FirstName neighbour': INVENTED,
  'customers.LastName neighbour': INVENTED,
  'customers.Address neighbour': SAME_STREET,
  'customers.LoyaltyCard null': CARD,
  'customers.AccountOpened neighbour': ANY_TIME_AFTER,
  'customers.Phone neighbour': SAME_STREET,
  'customers.Segment neighbour': NOISE,
  'customers.Segment the next of the set': NOISE,
  'customer_moves.CustomerID one more': MOVES_LATER,
  'customer_moves.CustomerID one less': MOVES_LATER,
  'customer_moves.Address neighbour': SAME_STREET,
  'customer_moves.row dropped': MOVES_LATER,
  'products_master.Cost a cent more': IN_RANGE,
  'products_master.MSRP a cent more': IN_RANGE,
  'products_master.LaunchDate neighbour': IN_RANGE,
  'dc_inventory_snapshots.ReorderPoint one more': 'no review met the point in between',
  'dc_inventory_snapshots.ReorderPoint one less': 'no review met the point in between',
  'dc_inventory_snapshots.ReorderPoint neighbour': 'no review met the point in between',
  'reorders.OrderUpToLevel one more': WITHIN_A_CASE,
  'reorders.OrderUpToLevel one less': WITHIN_A_CASE,
  'reorders.ReorderPoint one more': WITHIN_A_CASE,
  'reorders.ReorderPoint one less': WITHIN_A_CASE,
  'ble_pings.RSSI neighbour': NOISE,
  'ble_pings.RSSI one more': NOISE,
  'ble_pings.RSSI one less': NOISE,
  'store_ops.EventTS neighbour': WITHIN_MINUTES,
  'store_ops.EventTS a second later': WITHIN_MINUTES,
  'marketing.EventTS neighbour': SHOWN_BY_CHANCE,
  'marketing.EventTS a second later': SHOWN_BY_CHANCE,
  'marketing.CreativeId neighbour': SHOWN_BY_CHANCE,
  'marketing.CreativeId one more': SHOWN_BY_CHANCE,
  'marketing.CreativeId one less': SHOWN_BY_CHANCE,
  'marketing.CustomerAdId neighbour': SHOWN_BY_CHANCE,
  'marketing.Device neighbour': SHOWN_BY_CHANCE,
  'marketing.Device the next of the set': SHOWN_BY_CHANCE,
  'ad_clicks.EventTS a second later': CLICKED_BY_CHANCE,
  'ad_clicks.Landing neighbour': CLICKED_BY_CHANCE,
  'ad_clicks.Landing the next of the set': CLICKED_BY_CHANCE,
  'ad_clicks.Dwell neighbour': CLICKED_BY_CHANCE,
  'ad_clicks.Dwell one more': CLICKED_BY_CHANCE,
  'ad_clicks.Dwell one less': CLICKED_BY_CHANCE,
  'ad_clicks.Dwell tenfold': CLICKED_BY_CHANCE,
  'shelf_fills.EventTS neighbour': SINGLE,
  'shelf_fills.EventTS a second later': SINGLE,
  'stock_counts.EventTS neighbour': SINGLE,
  'stock_counts.EventTS a second later': SINGLE,
  'unmet_demand.Qty neighbour': WANTED,
  'unmet_demand.Qty one more': WANTED,
  'unmet_demand.Qty tenfold': WANTED,
  'online_orders.CustomerID neighbour': HOME,
  'online_orders.CustomerID one more': HOME,
  'online_orders.CustomerID one less': HOME,
  'returns.WithReceipt neighbour': RECEIPT,
  'returns.WithReceipt the opposite': RECEIPT,
  'returns.Disposition neighbour':
    'goods that are sold on and goods that are written off both leave the store for good',
  'returns.Reason neighbour': REASON,
  'returns.Reason the next of the set': REASON,
};
