"""The Reports page: trips, the mileage log, the capture funnel."""
