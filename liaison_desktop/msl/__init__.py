"""The medical science workspace. Features stand on floors: today, visits, materials, directory. It never knows a patient."""
