-- Grocery trips by weekday and hour, share of all
SELECT strftime(LocalTS, '%H') AS X, strftime(LocalTS, '%a') AS Y, count(*) / (SELECT count(*) FROM trips) AS Value
FROM trips
GROUP BY ALL
ORDER BY isodow(min(LocalTS)), X
