-- One row per shipment, with the instant of each step. HomeTS: when the truck is back home.
SELECT
  ShipmentId,
  any_value(TruckId) AS TruckId,
  any_value(DCID) AS DCID,
  any_value(StoreID) AS StoreID,
  min(EventTS) FILTER (Status = 'SCHEDULED') AS ScheduledTS,
  min(EventTS) FILTER (Status = 'LOADING') AS LoadingTS,
  min(EventTS) FILTER (Status = 'IN_TRANSIT') AS InTransitTS,
  min(EventTS) FILTER (Status = 'ARRIVED') AS ArrivedTS,
  min(EventTS) FILTER (Status = 'UNLOADING') AS UnloadingTS,
  min(EventTS) FILTER (Status = 'COMPLETED') AS CompletedTS,
  min(EventTS) FILTER (Status = 'DELAYED') AS DelayedTS,
  min(ETA) FILTER (Status = 'IN_TRANSIT') AS FirstETA,
  min(ETA) FILTER (Status = 'COMPLETED') AS HomeTS
FROM truck_moves
GROUP BY ShipmentId
