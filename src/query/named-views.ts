/** Views that answer most questions without a join: names beside numbers, and the local time of stores. */

interface NamedView {
  readonly about: string;
  readonly sql: string;
}

/** Returns an instant of a table as the clock of its store `s` shows it. */
function local(table: string): string {
  return `timezone(s.TimeZone, timezone('UTC', ${table}.EventTS)) AS LocalTS`;
}

export const NAMED_VIEWS: Readonly<Record<string, NamedView>> = {
  sales: {
    about:
      'Every line sold, in stores and online, with names, cost and margin. LocalTS is the local time of the store.',
    sql: `
      WITH lines AS (
        SELECT l.EventTS, 'STORE' AS Channel, r.ReceiptId AS TicketId, l.Line, r.StoreID, NULL AS DCID, r.CustomerID,
               l.ProductID, l.Qty, l.UnitPrice, l.ExtPrice, l.PromoCode, r.TenderType
        FROM receipt_lines l JOIN receipts r USING (ReceiptId)
        UNION ALL
        SELECT l.EventTS, 'ONLINE', o.OrderId, l.Line,
               CASE WHEN o.FulfillmentNodeType = 'STORE' THEN o.FulfillmentNodeID END,
               CASE WHEN o.FulfillmentNodeType = 'DC' THEN o.FulfillmentNodeID END,
               o.CustomerID, l.ProductID, l.Qty, l.UnitPrice, l.ExtPrice, l.PromoCode, o.TenderType
        FROM online_order_lines l JOIN online_orders o USING (OrderId)
      )
      SELECT l.EventTS, ${local('l')}, Channel, TicketId, Line, StoreID, s.StoreNumber, g.City, g.State,
             coalesce(l.DCID, s.DCID) AS DCID, CustomerID, c.Segment, ProductID, p.ProductName, p.Brand, p.Department,
             p.Category, Qty, UnitPrice, ExtPrice, ExtPrice - Qty * p.Cost AS Margin, PromoCode, TenderType
      FROM lines l
      JOIN products_master p ON p.ID = l.ProductID
      JOIN customers c ON c.ID = l.CustomerID
      LEFT JOIN stores s ON s.ID = l.StoreID
      LEFT JOIN geographies_master g ON g.ID = s.GeographyID`,
  },
  visits: {
    about: 'Every visit to a store: when it began, how many came, and what they bought.',
    sql: `
      SELECT f.EventTS, ${local('f')}, f.SessionId, f.StoreID, s.StoreNumber, g.City, g.State, f.Count AS PartySize,
             r.CustomerID, r.ReceiptId, r.ReceiptId IS NOT NULL AS Bought, r.Total
      FROM (SELECT * FROM foot_traffic WHERE Zone = 'ENTRANCE') f
      JOIN stores s ON s.ID = f.StoreID
      JOIN geographies_master g ON g.ID = s.GeographyID
      LEFT JOIN receipts r USING (SessionId)`,
  },
  shipments: {
    about:
      'Every trip of a truck: its steps, and the units on board. StoreNumber is null for trips of suppliers.',
    sql: `
      WITH steps AS (
        SELECT ShipmentId, any_value(TruckId) AS TruckId, any_value(DCID) AS DCID, any_value(StoreID) AS StoreID,
               min(EventTS) FILTER (Status = 'SCHEDULED') AS ScheduledTS,
               min(EventTS) FILTER (Status = 'IN_TRANSIT') AS DepartedTS,
               min(ETA) FILTER (Status = 'IN_TRANSIT') AS FirstETA,
               min(EventTS) FILTER (Status = 'ARRIVED') AS ArrivedTS,
               min(EventTS) FILTER (Status = 'COMPLETED') AS CompletedTS,
               bool_or(Status = 'DELAYED') AS Delayed
        FROM truck_moves GROUP BY ShipmentId
      ), loads AS (
        SELECT ShipmentId, sum(Quantity) AS Units FROM truck_inventory WHERE Action = 'LOAD' GROUP BY ShipmentId
      )
      SELECT steps.*, s.StoreNumber, loads.Units
      FROM steps LEFT JOIN loads USING (ShipmentId) LEFT JOIN stores s ON s.ID = steps.StoreID`,
  },
  stock: {
    about: 'The stock of every product in every store and DC at the end of the history.',
    sql: `
      SELECT StoreID, NULL AS DCID, ProductID, ProductName, Department, Category, OnHand, OnOrder
      FROM closing_store_stock JOIN products_master p ON p.ID = ProductID
      UNION ALL
      SELECT NULL, DCID, ProductID, ProductName, Department, Category, OnHand, OnOrder
      FROM closing_dc_stock JOIN products_master p ON p.ID = ProductID`,
  },
};
